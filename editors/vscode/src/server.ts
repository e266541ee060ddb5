// Where the program is: what the user wrote, else the one that lies in the system's paths; and what it is asked about.

import * as fs from "node:fs";
import * as path from "node:path";

/** The file to start, or nothing where there is none. */
export function find(
  configured: string,
  paths: string | undefined,
  platform: NodeJS.Platform = process.platform,
): string | undefined {
  const name = platform === "win32" ? "jixiao.exe" : "jixiao";
  const wanted = configured.trim();
  if (wanted !== "") {
    return isFile(wanted) ? wanted : undefined;
  }
  const folders = (paths ?? "").split(platform === "win32" ? ";" : ":").filter((folder) => folder !== "");
  return folders.map((folder) => path.join(folder, name)).find(isFile);
}

function isFile(file: string): boolean {
  try {
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

/** Files and texts that were never saved; the old sides of comparisons are nobody's to mend. */
export const selector = [
  { scheme: "file", language: "jx" },
  { scheme: "untitled", language: "jx" },
];
