/** One result as one JSON object and a newline. */
export const toJson = (result: object): string => `${JSON.stringify(result, null, 2)}\n`;
