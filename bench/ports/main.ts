import { measurePorts, portNotes } from './measurePorts.ts';

/** Started by bench/main.ts, in a network namespace of its own. */
console.log(`${await measurePorts()}\n\n${portNotes}\n`);
process.exit(0);
