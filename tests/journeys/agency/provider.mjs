// An OpenID provider with a login page, on this machine, for the journey: node provider.mjs REDIRECT [LOGOUT]. Whoever writes a name is
// let in as that: by more than a password, unless the name begins with "weak". Twelve digits are also told as a personal number, to
// who asks for it. It prints its address when it answers.
import http from "node:http";
import { Provider } from "oidc-provider";

const numberScope = "https://id.oidc.se/scope/naturalPersonNumber";
const numberClaim = "https://id.oidc.se/claim/personalIdentityNumber";

const page = uid => `<!doctype html><html lang="sv"><title>Logga in</title><main><h1>Logga in</h1>
<form method="post" action="/login/${uid}"><label>Namn <input name="login"></label><button type="submit">Logga in</button></form></main></html>`;

const server = http.createServer().listen(0, "127.0.0.1", () => {
	const issuer = `http://127.0.0.1:${server.address().port}`;
	const provider = new Provider(issuer, {
		clients: [{ client_id: "sluss", client_secret: "a secret between two", redirect_uris: [process.argv[2]], ...(process.argv[3] && { backchannel_logout_uri: process.argv[3] }) }],
		scopes: ["openid", numberScope],
		claims: { openid: ["sub", "amr"], [numberScope]: [numberClaim] },
		features: { devInteractions: { enabled: false }, backchannelLogout: { enabled: true } },
		fetch: (url, options) => globalThis.fetch(url, { ...options, dispatcher: undefined }), // its own asks nobody on this machine
		interactions: { url: (_, i) => `/login/${i.uid}` },
		findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...(/^\d{12}$/.test(id) && { [numberClaim]: id }) }) }),
		loadExistingGrant: async ctx => { // an agency's own service asks nobody for leave
			const grant = new provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
			grant.addOIDCScope("openid " + numberScope);
			await grant.save();
			return grant;
		},
	});
	const callback = provider.callback();
	server.on("request", async (req, res) => {
		if (!req.url.startsWith("/login/")) {
			return callback(req, res);
		}
		if (req.method === "GET") {
			res.setHeader("Content-Type", "text/html; charset=utf-8");
			return res.end(page(req.url.slice("/login/".length)));
		}
		let body = "";
		for await (const part of req) body += part;
		const accountId = new URLSearchParams(body).get("login");
		const amr = accountId.startsWith("weak") ? ["pwd"] : ["pwd", "otp", "mfa"];
		await provider.interactionFinished(req, res, { login: { accountId, amr } });
	});
	console.log(issuer);
});
