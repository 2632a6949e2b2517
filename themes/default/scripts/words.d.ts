// What "./words" exports: the messages script.* of the page's language, by
// their keys without «script.». A build makes it; this file tells editors.
export const words: Record<string, string>;
