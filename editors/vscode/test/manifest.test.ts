// What the manifest promises: the matcher reads the short format, and Chinese signs are not taken for traps.

import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import test from "node:test";

const root = path.resolve(__dirname, "../../..");
const read = (file: string): any => JSON.parse(fs.readFileSync(path.join(root, file), "utf8"));
const manifest = read("package.json");

test("the problem matcher reads a line of the short format", () => {
  const { regexp, file, line, column, severity, code, message } = manifest.contributes.problemMatchers[0].pattern;
  const lines = [
    "规则/养护.jx:3:12: error[rule-unit]: “亩”和“公里”不能比较。",
    "C:\\报告\\自评.docx:1:5: warning[平均补助与资金不符]: 平均补助应为 27 万元。",
  ];
  const [one, two] = lines.map((text) => new RegExp(regexp).exec(text));
  assert.deepEqual([one![file], one![line], one![column], one![severity]], ["规则/养护.jx", "3", "12", "error"]);
  assert.deepEqual([two![file], two![code]], ["C:\\报告\\自评.docx", "平均补助与资金不符"]);
  assert.ok(one![message]!.startsWith("“亩”"));
  assert.equal(new RegExp(regexp).exec("报告.pdf: 无法判定：没有读"), null);
});

test("the marks for look-alike signs are off in rule files only", () => {
  const own = manifest.contributes.configurationDefaults["[jx]"];
  assert.equal(own["editor.unicodeHighlight.ambiguousCharacters"], false);
  assert.equal(own["editor.unicodeHighlight.invisibleCharacters"], false);
  // in a folder that is not trusted yet all Chinese would be marked
  assert.equal(own["editor.unicodeHighlight.nonBasicASCII"], false);
});

test("a folder that is not trusted is served, but not with a program that it names", () => {
  const { untrustedWorkspaces } = manifest.capabilities;
  assert.equal(untrustedWorkspaces.supported, "limited");
  assert.deepEqual(untrustedWorkspaces.restrictedConfigurations, ["jixiao.path"]);
});

test("the files that the manifest names are there, and the lock names no host", () => {
  for (const { path: file } of manifest.contributes.grammars) {
    assert.equal(read(file).scopeName, "source.jx");
  }
  const configuration = read(manifest.contributes.languages[0].configuration);
  // as the editor reads it: without its flag the pattern would know no letters, and nothing be offered while typing
  const { pattern, flags } = configuration.wordPattern;
  const word = new RegExp(pattern, flags);
  assert.equal(word.exec("上云企业数.实际")![0], "上云企业数");
  assert.ok(!fs.readFileSync(path.join(root, "package-lock.json"), "utf8").includes('"resolved"'));
});
