import type { LsofSocket } from './parse-lsof.ts';

const ROW = /^\s*TCP\s+(\S+):(\d+)\s+(\S+):(\d+|\*)\s+(?:.*\s)?(\d+)\s*$/i;

/**
 * Reads `netstat -ano` of Windows by the shape of its rows: the state word is translated, so a listener is a row whose
 * foreign port is 0, and the pid is the last token. A row without an owner (pid 0) is a TIME_WAIT.
 */
export const parseNetstat = (text: string): readonly LsofSocket[] =>
  text.split(/\r?\n/).flatMap((line): LsofSocket[] => {
    const match = ROW.exec(line);
    if (match === null) return [];
    const [, address = '', port, remoteAddress = '', remotePort, owner] = match;
    const pid = Number(owner);
    const listening = remotePort === '0';
    const idle = pid === 0 ? 'time-wait' : 'connected';
    return [
      {
        pid,
        address: address.replace(/^\[|\]$/g, ''),
        port: Number(port),
        state: listening ? 'listening' : idle,
        // The state word is translated; an owner and another end are all that can be told.
        established: !listening && pid !== 0,
        remote: listening ? null : { address: remoteAddress.replace(/^\[|\]$/g, ''), port: Number(remotePort) },
      },
    ];
  });
