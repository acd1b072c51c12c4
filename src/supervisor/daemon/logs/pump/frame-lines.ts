const NEWLINE = 0x0a;
const FOLLOWS = 0b1000_0000;
const LEADS = 0b1100_0000;

/** Bytes of the character that a byte begins. */
const lengthFrom = (lead: number): number => {
  if (lead >= 0xf0) return 4;
  if (lead >= 0xe0) return 3;
  return lead >= LEADS ? 2 : 1;
};

/** Where the last whole character of UTF-8 ends; what is no UTF-8 is cut anywhere. */
const endOfCharacters = (bytes: Buffer): number => {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & LEADS) === FOLLOWS) continue;
    return lengthFrom(byte) > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
};

/**
 * How many of these bytes can be passed on: whole lines. A line that fills all the room, or that ends without a newline,
 * is passed on in parts, and no character is cut.
 */
export const frameLines = (bytes: Buffer, isFull: boolean, isEnd: boolean): number => {
  const lines = bytes.lastIndexOf(NEWLINE) + 1;
  if (lines > 0) return lines;
  if (isFull) return endOfCharacters(bytes);
  return isEnd ? bytes.length : 0;
};
