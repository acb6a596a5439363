import type { Port, PortList } from '../../contract/ports.ts';

/** What a port’s row is known by. */
export const portKey = ({ port }: Port): string => String(port);

/** The list with this port as the server has just answered it, in its place by number. */
export function withPort(list: PortList, port: Port): PortList {
  const others = list.items.filter((one) => one.port !== port.port);
  return { ...list, items: [...others, port].toSorted((a, b) => a.port - b.port) };
}

/** The ports to show: those on the ignore list only when they were asked for. */
export const shownPorts = (ports: readonly Port[], ignoredToo: boolean): readonly Port[] =>
  ignoredToo ? ports : ports.filter(({ ignored }) => ignored === null);

export const hiddenCount = (ports: readonly Port[]): number =>
  ports.filter(({ ignored }) => ignored !== null).length;
