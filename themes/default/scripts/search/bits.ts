// Sets and lists of listings as strings of bits: docs/search-format.md, Bits.

/** List is listings in rising order, and how well each fits: 1 to 31. */
export interface List {
  readonly ids: Uint32Array;
  readonly impacts: Uint8Array;
}

/** spacious is bytes in a buffer with room behind them: Bits looks ahead. */
export function spacious(bytes: ArrayLike<number>): Uint8Array {
  const all = new Uint8Array(bytes.length + 5);
  all.set(bytes);
  return all.subarray(0, -5);
}

export class Bits {
  private readonly view: DataView;
  private at = 0;

  constructor(bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset);
  }

  /** The next 32 bits, which stay. */
  private peek(): number {
    const i = this.at >> 3;
    const shift = this.at & 7;
    return (this.view.getInt32(i) << shift) | (this.view.getUint8(i + 4) >> (8 - shift));
  }

  /** The next bits, at most 31, as a number. */
  private read(length: number): number {
    const n = (this.peek() >>> 1) >>> (31 - length);
    this.at += length;
    return n;
  }

  private gamma(): number {
    const zeros = Math.clz32(this.peek());
    this.at += zeros;
    return this.read(zeros + 1);
  }

  private rice(k: number): number {
    const next = this.peek();
    const q = Math.clz32(~next);
    if (q < 16) {
      this.at += q + 1 + k;
      return (q << k) | (((next << (q + 1)) >>> 1) >>> (31 - k));
    }
    this.at += 16;
    const high = this.gamma() + 15;
    return (high << k) | this.read(k);
  }

  set(): Uint32Array {
    const ids = new Uint32Array(this.gamma() - 1);
    if (!ids.length) return ids;
    const runs = this.read(1);
    const k = this.read(4);
    const m = runs && this.read(4);
    for (let i = 0, id = -1; i < ids.length; ) {
      id += this.rice(k) + 1;
      ids[i++] = id;
      if (runs) for (let more = this.rice(m); more--; ) ids[i++] = ++id;
      else continue;
      id++; // the gap that parts runs
    }
    return ids;
  }

  list(): List {
    const ids = this.set();
    let impact = this.read(5);
    const impacts = new Uint8Array(ids.length).fill(impact);
    let places: Uint32Array | undefined; // of those in the last step
    for (let rise = this.gamma(); rise > 1; rise = this.gamma()) {
      impact += rise - 1;
      const step = this.set();
      for (let i = 0; i < step.length; i++) {
        if (places) step[i] = places[step[i]];
        impacts[step[i]] = impact;
      }
      places = step;
    }
    return { ids, impacts };
  }
}

/** parts are the byte strings of a file, each after its length; they lie in the
 * file's own bytes. */
export function parts(file: Uint8Array): Uint8Array[] {
  const all: Uint8Array[] = [];
  for (let at = 0; at < file.length; ) {
    let size = 0;
    let shift = 0;
    for (let more = 128; more; shift += 7) {
      size |= (file[at] & 127) << shift;
      more = file[at++] & 128;
    }
    all.push(file.subarray(at, (at += size)));
  }
  return all;
}

/** textOf is the text of bytes. */
export const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
