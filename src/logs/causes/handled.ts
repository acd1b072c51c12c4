const LEVEL_IN_JSON = /"(?:level|severity)":\s*(?:"(?:warn|warning|info|debug|trace|notice)"|[1-4]0\b)/i;
const LEVEL_IN_PAIRS = /\b(?:level|lvl|severity)=(?:warn|warning|info|debug|trace|notice)\b/i;
const LEVEL_IN_CAPITALS = /^.{0,60}?(?:^|[\s[(|])(?:WARN|WARNING|INFO|DEBUG|TRACE|NOTICE)(?=[\s\]):|])/;
const LEVEL_IN_LOWER_CASE = /^.{0,60}?(?:^|[\s[(])(?:warn|warning|info|debug)(?:\]|\)|:)/;
const GOES_ON =
  /\b(?:trying (?:another|the next|next|again)|try(?:ing)? next|retry(?:ing)?(?: in| after|\b.*\battempt)|will retry|reconnect(?:ing)?\b|fall(?:ing|s)? ?back|fallback|serving (?:cached|stale)|ignor(?:ed|ing)|continuing|skipp(?:ed|ing)|recovered|handled)\b/i;
/** Spring tells the reason it ends for as a warning. */
const ENDS = /cancelling refresh attempt|giving up|gave up|exiting|shutting down|fatal/i;

/** Whether a line says that the program goes on in another way. */
export const tellsOfGoingOn = (line: string): boolean => GOES_ON.test(line) && !ENDS.test(line);

/** Whether a line tells of an error that the program got over: a lower level, or words of going on. */
export const looksHandled = (line: string): boolean => {
  if (ENDS.test(line)) return false;
  return (
    LEVEL_IN_CAPITALS.test(line) ||
    LEVEL_IN_LOWER_CASE.test(line) ||
    LEVEL_IN_PAIRS.test(line) ||
    LEVEL_IN_JSON.test(line) ||
    GOES_ON.test(line)
  );
};
