// What of a record was corrected, dropped or not read.

/** One sentence for each. */
export function sentences({ mended = [], dropped = [], unread = [] } = {}) {
  return [
    ...mended.map((kind) => `corrected: ${kind.toLowerCase().replaceAll("_", " ")}`),
    ...dropped.map((path) => `${path}: dropped, its value cannot be read`),
    ...unread.map((path) => `${path}: no field that is read`),
  ];
}
