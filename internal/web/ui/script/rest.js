// Tells some minutes before the session ends that it will, and has what is typed kept just before: at the session's end, and
// before the page is taken off the screen. Nothing is kept in the browser.
const rest = document.querySelector("[data-rest]");
const box = rest.firstElementChild;
const parts = [...box.querySelectorAll("[data-part]")];
const { rest: where, token } = rest.dataset;
const margin = 10, notice = Math.min(180, rest.dataset.idle / 3);
let form, timer;

document.addEventListener("input", event => {
	if (event.target.form && event.target.form.method === "post") form = event.target.form;
});

async function ask(body) {
	body.set("_token", token);
	const answer = await fetch(where, { method: "POST", body });
	if (!answer.ok) throw new Error(answer.status);
	return (await answer.text()).split(" ").map(Number);
}

function typed() {
	const body = new URLSearchParams();
	if (!form || !form.isConnected) return body;
	const secret = new Set([...form.querySelectorAll("[type=password]")].map(field => field.name));
	for (const [name, value] of new FormData(form)) {
		if (typeof value === "string" && !secret.has(name)) body.append(name, value);
	}
	body.set("_action", form.getAttribute("action"));
	return body;
}

function plan([idle, whole]) {
	clearTimeout(timer);
	const left = Math.min(idle, whole);
	box.hidden = left > notice + 1;
	for (const part of parts) part.hidden = (part.dataset.part === "last") === (whole > idle + margin);
	const next = box.hidden ? left - notice : left - margin;
	if (left > 0) timer = setTimeout(box.hidden ? look : last, Math.max(next, 1) * 1000);
}

// look asks anew: another page of the same session may have been used meanwhile.
async function look() {
	try {
		plan(await ask(new URLSearchParams()));
	} catch {
		timer = setTimeout(look, 20000);
	}
}

async function last() {
	try {
		const [idle, whole] = await ask(new URLSearchParams());
		if (Math.min(idle, whole) > margin + 5) plan([idle, whole]);
		else await ask(typed());
	} catch {
		// what is sent with the form's own button is kept too
	}
}

box.querySelector("button").addEventListener("click", async () => {
	try {
		plan(await ask(new URLSearchParams({ _stay: "1" })));
	} catch {
		look();
	}
});
if (rest.dataset.taken) setTimeout(() => form && ask(typed()).catch(() => {}), (rest.dataset.taken - margin) * 1000);
plan([Number(rest.dataset.idle), Number(rest.dataset.whole)]);
