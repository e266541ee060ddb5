// Rule files in the editor: starts `jixiao lsp` and hands it every file that ends in .jx.

import * as vscode from "vscode";
import { LanguageClient, type LanguageClientOptions, type ServerOptions } from "vscode-languageclient/node";
import { find, selector } from "./server";

let client: LanguageClient | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const restart = vscode.commands.registerCommand("jixiao.restart", async () => {
    await stop();
    await start();
  });
  const changed = vscode.workspace.onDidChangeConfiguration(async (event) => {
    if (event.affectsConfiguration("jixiao")) {
      await stop();
      await start();
    }
  });
  context.subscriptions.push(restart, changed);
  await start();
}

export async function deactivate(): Promise<void> {
  await stop();
}

async function start(): Promise<void> {
  const settings = vscode.workspace.getConfiguration("jixiao");
  const command = find(settings.get<string>("path", ""), process.env["PATH"]);
  if (command === undefined) {
    const open = "打开设置";
    const chosen = await vscode.window.showWarningMessage(
      "没有找到 jixiao 程序，规则文件只有颜色，没有检查和补全。请安装 jixiao，或在设置里写明它的位置。",
      open,
    );
    if (chosen === open) {
      await vscode.commands.executeCommand("workbench.action.openSettings", "jixiao.path");
    }
    return;
  }
  const server: ServerOptions = { command, args: ["lsp"] };
  const options: LanguageClientOptions = {
    documentSelector: selector,
    initializationOptions: { debounceMs: settings.get<number>("debounceMs", 200) },
    outputChannelName: "绩效自评规则",
  };
  client = new LanguageClient("jixiao", "绩效自评规则", server, options);
  await client.start();
}

async function stop(): Promise<void> {
  const running = client;
  client = undefined;
  await running?.stop();
}
