// A listing that is there already, read from the open data: one line of
// catalogue.ndjson, whose lines are in the order of their paths. Of a large
// file only parts are asked for, ever nearer to the line.

export interface Listing {
  path: string;
  opportunity: { [key: string]: any };
  body?: string;
  translations?: { [lang: string]: unknown };
}

/** part is how many bytes are asked for at once, whole how many are read of a
 * host that answers with the whole file. */
const [part, whole] = [1 << 15, 4 << 20];

const decoder = new TextDecoder();

/** listingAt is the listing of a path; undefined where there is none, or the
 * host can't give parts of a file that is too large. */
export async function listingAt(address: string, path: string): Promise<Listing | undefined> {
  let [from, to] = [0, Infinity]; // of the lines that it is among, both of them where a line begins
  let width = part;
  while (from < to) {
    const middle = to === Infinity || to - from <= width ? from : Math.floor((from + to - width) / 2);
    const { bytes, size } = await bytesOf(address, middle, Math.min(middle + width, to));
    to = Math.min(to, size);
    const lines = linesOf(bytes, middle === from, middle + bytes.length >= to);
    for (const { text, start, end } of lines) {
      const at = pathOf(text);
      if (at === path) return JSON.parse(text) as Listing;
      if (at < path) from = Math.max(from, middle + end);
      else to = Math.min(to, middle + start);
    }
    width = lines.length ? part : 2 * width; // a line is longer than a part
  }
  return undefined;
}

const pathOf = (line: string): string => (JSON.parse(line) as Listing).path;

interface Line { text: string; start: number; end: number }

/** linesOf are the lines that stand whole in a part; begins and ends say that
 * the part begins and ends as a line does. */
function linesOf(bytes: Uint8Array, begins: boolean, ends: boolean): Line[] {
  const lines: Line[] = [];
  let start = begins ? 0 : bytes.indexOf(10) + 1;
  if (!begins && !start) return [];
  for (;;) {
    const end = bytes.indexOf(10, start);
    if (end < 0) {
      if (ends && start < bytes.length) lines.push({ text: decoder.decode(bytes.subarray(start)), start, end: bytes.length });
      return lines;
    }
    if (end > start) lines.push({ text: decoder.decode(bytes.subarray(start, end)), start, end: end + 1 });
    start = end + 1;
  }
}

/** bytesOf are some bytes of a file, and the file's size. */
async function bytesOf(address: string, from: number, to: number): Promise<{ bytes: Uint8Array; size: number }> {
  const response = await fetch(address, { headers: { range: `bytes=${from}-${to - 1}` } });
  if (response.status === 206) {
    const size = Number(/\/(\d+)$/.exec(response.headers.get("content-range") ?? "")?.[1]);
    return { bytes: new Uint8Array(await response.arrayBuffer()), size };
  }
  const length = Number(response.headers.get("content-length"));
  if (!response.ok || length > whole) {
    void response.body?.cancel();
    throw new Error(`${address}: ${response.status}, ${length} bytes`);
  }
  const bytes = new Uint8Array(await response.arrayBuffer());
  return { bytes: bytes.subarray(from, to), size: bytes.length };
}
