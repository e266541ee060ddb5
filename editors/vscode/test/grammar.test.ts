// The colours of rule files, by the engine that the editor uses.

import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import test from "node:test";
import * as oniguruma from "vscode-oniguruma";
import * as textmate from "vscode-textmate";

const root = path.resolve(__dirname, "../../..");

async function grammar(): Promise<textmate.IGrammar> {
  const wasm = fs.readFileSync(path.join(root, "node_modules/vscode-oniguruma/release/onig.wasm"));
  await oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength) as ArrayBuffer);
  const file = path.join(root, "syntaxes/jx.tmLanguage.json");
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns: string[]) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text: string) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async () => textmate.parseRawGrammar(fs.readFileSync(file, "utf8"), file),
  });
  const loaded = await registry.loadGrammar("source.jx");
  assert.ok(loaded !== null);
  return loaded;
}

test("keywords, comments, numbers, formulas and texts are told apart", async () => {
  const jx = await grammar();
  const scopes = (line: string): Map<string, string> => {
    const tokens = jx.tokenizeLine(line, textmate.INITIAL).tokens;
    return new Map(tokens.map((token) => [line.slice(token.startIndex, token.endIndex).trim(), token.scopes.join(" ")]));
  };
  const has = (line: string, part: string, scope: string): void => {
    const found = scopes(line).get(part);
    assert.ok(found?.includes(scope), `${line}: ${part}: ${found}`);
  };
  has("　三级指标：上云企业数，20 分", "三级指标", "keyword");
  has("　三级指标：上云企业数，20 分", "20", "constant.numeric");
  has("一级指标:产出", "一级指标", "keyword");
  has("　# 说明：不是关键词", "# 说明：不是关键词", "comment");
  has("　要求：得分 属于 应得分 并且 合计(构成.得分) ≥ 8.5% # 注", "并且", "keyword.operator");
  has("　要求：得分 属于 应得分 并且 合计(构成.得分) ≥ 8.5% # 注", "合计", "support.function");
  has("　要求：得分 属于 应得分 并且 合计(构成.得分) ≥ 8.5% # 注", "# 注", "comment");
  has("　提示：得分【得分】超过 1。", "得分", "string");
  has("　原文：全年 # 8000 家", "全年 # 8000 家", "string");
  assert.ok(!scopes("没有关键词的行：8 家").get("没有关键词的行")?.includes("keyword"));
});
