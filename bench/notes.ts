/** How the figures were measured, printed below the table: a figure without it can't be compared. */
export const notes = `By hand: a charon with an agent’s settings in a replica of its own, and swanctl with the very same connection, in the same run.
- “Save and apply at once” mends a wrong key in the form; by hand: from the start of swanctl --initiate, everything loaded.
- “Add 1 workspace” also starts charon, which runs only while a tunnel is wanted; by hand: charon, --load-all, --initiate.
- From the press in Chromium (pointerdown) to the time that ping -D prints at its first answer. It pings every 10 ms all the
  while, from a socket bound to no address, so that each packet takes the route that is there when it is sent.
- “preview up” is the whole step of a job on a runner that has only Node and strongSwan: the command line downloaded, the identity token
  exchanged, the preview made, the agent installed, its tunnel up; by hand: charon, --load-all, --initiate.
- Lost: gaps in the sequence of pings 10 ms apart, per replica, three replicas changed at once (strategy “immediately”); by
  hand: --load-all, --terminate, --initiate on all three at once.
- Memory: VmRSS with three tunnels up, after a verification, at the end of this run. MB and kB are powers of 1000.`;
