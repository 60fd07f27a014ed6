// What Linux says about processes: CPU time and memory.
import { readdirSync, readFileSync } from "node:fs";

/** Clock ticks a second in /proc; fixed at 100 on every Linux that Node runs on. */
const ticksPerSecond = 100;

/** The fields of /proc/<pid>/stat behind the command's name, which may hold blanks and brackets. */
function statOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return {
      parent: Number(fields[1]),
      seconds: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond,
      reaped: (Number(fields[13]) + Number(fields[14])) / ticksPerSecond,
    };
  } catch {
    return undefined;
  }
}

function everyProcess() {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** A process and all that descend from it. */
export function familyOf(pid) {
  const children = new Map();
  for (const other of everyProcess()) {
    const parent = statOf(other)?.parent;
    if (parent === undefined) continue;
    children.set(parent, [...(children.get(parent) ?? []), other]);
  }
  const family = [pid];
  for (let index = 0; index < family.length; index++) family.push(...(children.get(family[index]) ?? []));
  return family;
}

/** Seconds of CPU that a process and its descendants have used, those that have ended included. */
export function cpuSeconds(pid) {
  return familyOf(pid).reduce((sum, member) => {
    const stat = statOf(member);
    return sum + (stat ? stat.seconds + stat.reaped : 0);
  }, 0);
}

/** Seconds of CPU that a process itself has used, with all of its threads. */
export function ownCpuSeconds(pid) {
  return statOf(pid)?.seconds ?? 0;
}

/** Milliseconds that single-threaded processes have run. Ticks are sampled and tell little of short work on a busy machine. */
export function exactMilliseconds(pids) {
  return pids.reduce((sum, pid) => {
    try {
      return sum + Number(readFileSync(`/proc/${pid}/schedstat`, "utf8").split(" ")[0]) / 1e6;
    } catch {
      return sum;
    }
  }, 0);
}

/** Megabytes of memory that a process and its descendants hold now. */
export function residentMegabytes(pid) {
  return familyOf(pid).reduce((sum, member) => sum + kilobytesOf(member) / 1024, 0);
}

/** Megabytes of memory of each process of a family, beside the command that it was started with. */
export function residentByCommand(pid) {
  return familyOf(pid).map((member) => ({ command: commandOf(member), megabytes: kilobytesOf(member) / 1024 }));
}

/** Whether any process of a group is still there. */
export function isGroupAlive(group) {
  try {
    process.kill(-group, 0);
    return true;
  } catch {
    return false;
  }
}

function commandOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
  } catch {
    return "";
  }
}

function kilobytesOf(pid) {
  try {
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
