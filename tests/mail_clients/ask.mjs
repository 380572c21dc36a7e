// A letter on stdin → {client: {unsupported: [feature…], partly: [feature…]}} on stdout.
import { readFileSync } from "node:fs";
import { caniemail } from "caniemail";

const clients = ["outlook.windows", "gmail.*", "apple-mail.*"];
const { issues } = caniemail({ clients, html: readFileSync(0, "utf-8") });
const answer = {};
for (const [key, name] of [["errors", "unsupported"], ["warnings", "partly"]])
  for (const [client, found] of issues[key])
    (answer[client] ??= { unsupported: [], partly: [] })[name] = [...new Set(found.map((one) => one.title))].sort();
console.log(JSON.stringify(answer));
