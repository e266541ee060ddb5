// The program is found where the user says, else in the system's paths.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import test from "node:test";
import { find, selector } from "../src/server";

test("the configured program wins, and one that is not there is none", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "jixiao-"));
  const program = path.join(folder, "jixiao");
  fs.writeFileSync(program, "");
  assert.equal(find(program, ""), program);
  assert.equal(find(path.join(folder, "别的"), folder), undefined);
  assert.equal(find("", `/没有${path.delimiter}${folder}`, "linux"), program);
  assert.equal(find("", undefined), undefined);
  fs.rmSync(folder, { recursive: true });
});

test("the old side of a comparison is not checked", () => {
  assert.deepEqual(selector.map(({ scheme }) => scheme), ["file", "untitled"]);
  assert.ok(selector.every(({ language }) => language === "jx"));
});

// Where the program was built, it is spoken to as the client speaks.
const built = process.env["JIXIAO"] ?? find("", process.env["PATH"]);
test("the program answers initialize", { skip: built === undefined }, () => {
  const messages = [
    { jsonrpc: "2.0", id: 1, method: "initialize", params: { processId: null, rootUri: null, capabilities: {} } },
    { jsonrpc: "2.0", method: "initialized", params: {} },
    { jsonrpc: "2.0", id: 2, method: "shutdown" },
    { jsonrpc: "2.0", method: "exit" },
  ];
  const input = messages
    .map((message) => JSON.stringify(message))
    .map((body) => `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
    .join("");
  const ran = spawnSync(built as string, ["lsp"], { input, encoding: "utf8", timeout: 30_000 });
  assert.equal(ran.status, 0, ran.stderr);
  assert.match(ran.stdout, /"completionProvider"/);
});
