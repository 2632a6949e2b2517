// Leaves: the words of a range, and the listings that have them.
import { after, lines, place } from "./words";
import { Bits, parts, textOf, type List } from "./bits";

export class Leaf {
  /** In rising order. */
  readonly forms: string[] = [];
  /** The numbers of each form's lists. */
  private readonly named: number[][] = [];
  private readonly packed: Uint8Array[];
  private readonly lists: List[] = [];

  constructor(file: Uint8Array) {
    const [text, ...packed] = parts(file);
    this.packed = packed;
    let next = 0;
    lines(textOf(text), (form, rest) => {
      this.forms.push(form);
      this.named.push((rest ?? "0").split(",").map((back) => (back === "0" ? next++ : next - Number(back))));
    });
  }

  /** The numbers of a form's lists; undefined for one that the leaf has not. */
  of(form: string): readonly number[] | undefined {
    const i = place(this.forms, form);
    return this.forms[i] === form ? this.named[i] : undefined;
  }

  /** The forms that begin so, each with the numbers of its lists. */
  *beginning(text: string): Iterable<[form: string, lists: readonly number[]]> {
    const end = place(this.forms, after(text));
    for (let i = place(this.forms, text); i <= end; i++) {
      if (i >= 0 && this.forms[i].startsWith(text)) yield [this.forms[i], this.named[i]];
    }
  }

  list(i: number): List {
    return (this.lists[i] ??= new Bits(this.packed[i]).list());
  }
}
