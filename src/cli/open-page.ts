import { spawn } from 'node:child_process';

/** The machine that a command runs on, as far as opening a page goes. */
export type Desktop = {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
};

/** A program that opens a page, and what it is given before the address. */
type Opener = { readonly program: string; readonly args: readonly string[] };

/**
 * Opens a page in the browser of whoever sits at this machine.
 *
 * @returns false when there is nobody to see it, or no browser could be started: the address that
 *   was printed is all there is then
 */
export async function openPage(url: string, desktop: Desktop = process): Promise<boolean> {
  const opener = openerOn(desktop);
  const isPage = /^https?:$/.test(URL.parse(url)?.protocol ?? '');
  if (opener === null || !isPage) return false;
  const { program, args } = opener;
  // No shell: an address may hold what a shell would take for commands.
  const child = spawn(program, [...args, url], {
    ...{ detached: true, stdio: 'ignore', shell: false },
    env: { ...desktop.env },
  });
  return new Promise((resolve) => {
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}

/** @returns null where no display is known: a server, or a login from another machine */
function openerOn({ platform, env }: Desktop): Opener | null {
  if (env['SSH_CONNECTION'] || env['CI']) return null;
  if (platform === 'darwin') return { program: 'open', args: [] };
  if (platform === 'win32') return { program: 'rundll32', args: ['url.dll,FileProtocolHandler'] };
  const hasDisplay = Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY']);
  return hasDisplay ? { program: 'xdg-open', args: [] } : null;
}
