// Makes or uses a passkey when the form's button is pressed, and sends what came of it with the form.
const form = document.querySelector("form#passkey");

const bytes = text => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), c => c.charCodeAt(0));
const text = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const named = list => (list || []).map(c => ({ ...c, id: bytes(c.id) }));

async function create(o) {
	const k = await navigator.credentials.create({ publicKey: { ...o, challenge: bytes(o.challenge), user: { ...o.user, id: bytes(o.user.id) },
		excludeCredentials: named(o.excludeCredentials) } });
	return { clientDataJSON: text(k.response.clientDataJSON), attestationObject: text(k.response.attestationObject),
		transports: k.response.getTransports ? k.response.getTransports() : [], key: k };
}

async function get(o) {
	const k = await navigator.credentials.get({ publicKey: { ...o, challenge: bytes(o.challenge), allowCredentials: named(o.allowCredentials) } });
	return { clientDataJSON: text(k.response.clientDataJSON), authenticatorData: text(k.response.authenticatorData),
		signature: text(k.response.signature), userHandle: k.response.userHandle ? text(k.response.userHandle) : undefined, key: k };
}

async function answer(options) {
	const { key, ...response } = options.dataset.kind === "create" ? await create(JSON.parse(options.dataset.options)) : await get(JSON.parse(options.dataset.options));
	return JSON.stringify({ id: key.id, rawId: text(key.rawId), type: key.type, clientExtensionResults: key.getClientExtensionResults(),
		authenticatorAttachment: key.authenticatorAttachment || undefined, response });
}

if (form && window.PublicKeyCredential) {
	form.addEventListener("submit", async event => {
		event.preventDefault();
		const button = form.querySelector("button"), fault = form.querySelector("[role=alert]");
		button.setAttribute("aria-disabled", "true");
		fault.className = fault.textContent = "";
		delete fault.dataset.field;
		try {
			form.elements.answer.value = await answer(form.querySelector("[data-kind]"));
			form.submit();
		} catch {
			fault.className = "ds-validation-message";
			fault.dataset.field = "validation";
			fault.textContent = fault.dataset.text;
			button.removeAttribute("aria-disabled");
		}
	});
}
