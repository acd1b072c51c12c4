const GENERIC =
  /^(?:app|air|bun|compose|deno|dev|docker|flask|next|python|uvicorn|main|server|index|out|output|err|error|errors|stdout|stderr|log|logs|all|combined|journal|nodemon|watch|tsx|vite|typescript|forever|gunicorn|console|run|start|service|0|pm2|kern|dmesg|events|inspect|syslog|messages|debug|access|\d+|[0-9a-f]{12,64}(?:-json)?)$/i;
const STREAM_SUFFIX = /[-_.](?:out|err|error|errors|stdout|stderr|combined|json)(?:[-_.]\d{1,3})?$/i;
const ENDING = /\.(?:log|txt|out|err|json|jsonl|ndjson|export)$/i;

const baseOf = (file: string): string => file.replace(/^.*[\\/]/, '').replace(ENDING, '');

/** The name a file gives its service: `shop-error.log` is shop's. */
export const serviceOfFile = (file: string): string | null => {
  const name = baseOf(file).replace(STREAM_SUFFIX, '');
  return name === '' || GENERIC.test(name) ? null : name;
};

const isNamedAfter = (file: string, service: string): boolean => {
  const base = baseOf(file);
  return (
    base === service ||
    base.startsWith(`${service}-`) ||
    base.startsWith(`${service}_`) ||
    base.startsWith(`${service}.`)
  );
};

/** The name of the service that a file is of: one that is known, or its own. */
export const nameOf = (files: readonly string[], known: readonly string[]): string | null => {
  const [file = ''] = files;
  const fitting = known.filter((service) => isNamedAfter(file, service));
  return fitting.sort((a, b) => b.length - a.length)[0] ?? serviceOfFile(file);
};
