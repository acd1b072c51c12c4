import { nameMatcher } from './name-matcher.ts';
import { namesOf, wordsOf, type Recognizable } from './words-of.ts';

/** A program that holds a port in the name of something else; ending it is never the mend. */
export interface FrontMan {
  readonly kind: string;
  /** Does this process belong to the kind? */
  readonly matches: (process: Recognizable) => boolean;
  /** What it does, as the rest of "… is held by NAME, which". */
  readonly does: string;
  readonly instructions: string;
  readonly commands: (port: number) => readonly string[];
}

const isSsh = nameMatcher('ssh', 'autossh');

/** With their ending, for elsewhere these are names like any other. */
const isWindowsItself = ({ name, command }: Recognizable): boolean =>
  name === 'System' ||
  [name, command[0]?.split(' ')[0] ?? ''].some((path) =>
    /(?:^|[\\/])(?:svchost|services|lsass|wininit|csrss|spoolsv)\.exe$/i.test(path),
  );

const isEditor = nameMatcher('code', 'code-server', 'codium', 'cursor', 'windsurf', 'Code Helper*');

const forwards = (process: Recognizable): boolean =>
  wordsOf(process).some((word) => /^-[LRD]/.test(word) || /^-\w*[LRD]$/.test(word));

/** Every program that speaks for others, most telling first. */
export const FRONT_MEN: readonly FrontMan[] = [
  {
    kind: 'docker-proxy',
    matches: nameMatcher('docker-proxy', 'com.docke*', 'vpnkit*'),
    does: 'publishes the port of a Docker container',
    instructions: 'Stop the container that publishes the port; never end the forwarder itself.',
    commands: (port) => [`docker ps --filter publish=${port}`, 'docker stop NAME'],
  },
  {
    kind: 'podman-forwarder',
    matches: nameMatcher(
      'containers-rootl*',
      'rootlessport*',
      'rootlesskit',
      'slirp4netns',
      'pasta',
      'pasta.avx2',
      'passt',
      'passt.avx2',
      'conmon',
    ),
    does: 'publishes the port of a rootless container',
    instructions: 'Stop the container that publishes the port; only a forwarder whose container is gone may be ended.',
    commands: () => ['podman ps', 'podman stop NAME'],
  },
  {
    kind: 'container-engine',
    matches: nameMatcher('dockerd', 'containerd', 'containerd-shim*', 'crio', 'k3s', 'kubelet', 'kube-proxy'),
    does: 'runs containers and holds their ports itself',
    instructions: 'Stop the container that publishes the port, not the engine.',
    commands: (port) => [`docker ps --filter publish=${port}`, 'docker stop NAME'],
  },
  {
    kind: 'pm2-daemon',
    matches: ({ name, command }) => /^PM2 v.*God/.test(name) || /^PM2 v[\d.]+.*God Daemon/.test(command[0] ?? ''),
    does: 'is the PM2 daemon and serves the port for an app in cluster mode',
    instructions: 'Stop the app through PM2; ending the daemon would end every app of it.',
    commands: () => ['pm2 list', 'pm2 stop NAME'],
  },
  {
    kind: 'devdoctor-daemon',
    matches: (process) => namesOf(process).includes('devdoctord'),
    does: 'is the supervisor of devdoctor',
    instructions: 'Stop the service through devdoctor; the supervisor itself holds no port of yours.',
    commands: () => ['devdoctor list', 'devdoctor stop NAME'],
  },
  {
    kind: 'socket-activation',
    matches: nameMatcher('systemd', 'init', 'launchd', 'inetd', 'xinetd', 'inetutils-inetd'),
    does: 'listens for a service that starts at the first connection',
    instructions: 'Stop the socket unit; stopping only the service would leave the port held.',
    commands: () => ['systemctl list-sockets', 'sudo systemctl stop NAME.socket'],
  },
  {
    kind: 'login-server',
    matches: nameMatcher('sshd*', 'dropbear', 'mosh-server'),
    does: 'carries a remote login, perhaps with a forwarded port',
    instructions: 'Close the forwarded port in the session that opened it.',
    commands: () => [],
  },
  {
    kind: 'tunnel',
    matches: (process) => isSsh(process) && forwards(process),
    does: 'is a tunnel to another machine, not a server',
    instructions: 'Close the tunnel in the terminal that opened it, or choose another port for your server.',
    commands: () => [],
  },
  {
    kind: 'editor',
    matches: (process) =>
      isEditor(process) ||
      wordsOf(process)
        .slice(0, 2)
        .some((word) => /[\\/]\.(?:vscode|cursor|windsurf)(?:-insiders)?-server[\\/]/.test(word)),
    does: 'is an editor that forwards the port',
    instructions: 'Stop forwarding in the editor, in its Ports view; ending the editor would cost unsaved work.',
    commands: () => [],
  },
  {
    kind: 'airplay',
    matches: nameMatcher('ControlCenter', 'ControlCe'),
    does: 'is macOS itself, receiving AirPlay',
    instructions:
      'Turn it off in System Settings > General > AirDrop & Handoff > AirPlay Receiver, or choose another port.',
    commands: () => [],
  },
  {
    kind: 'apple-service',
    matches: nameMatcher('rapportd'),
    does: 'is the device service of macOS',
    instructions: 'Choose a port below 49152 for your server.',
    commands: () => [],
  },
  {
    kind: 'wsl-relay',
    matches: nameMatcher('wslrelay', 'wslhost'),
    does: 'relays the port of a server inside WSL',
    instructions: 'Stop the server inside WSL; a relay left behind ends with WSL.',
    commands: () => ['wsl --shutdown'],
  },
  {
    kind: 'windows-service',
    matches: isWindowsItself,
    does: 'is Windows itself, serving for a service or a port-proxy rule',
    instructions: 'Find the service or rule behind it; ending this process would harm Windows.',
    commands: () => ['netsh interface portproxy show all', 'netsh http show servicestate'],
  },
];

/** The kind of front man a process is; `null` for a program that speaks for itself. */
export const frontManOf = (process: Recognizable): FrontMan | null =>
  FRONT_MEN.find(({ matches }) => matches(process)) ?? null;
