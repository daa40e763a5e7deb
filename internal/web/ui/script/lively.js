// Sends a form as one changes it and shows anew the parts of the page that the form's holder names. The form stays as it is, so
// that one can go on; an answer that is overtaken by the next change is thrown away.
const holder = document.querySelector("[data-lively]");
const form = holder && holder.querySelector("form");
let asked, timer;

async function again() {
	if (asked) asked.abort();
	const mine = asked = new AbortController();
	const parts = holder.dataset.lively.split(" ").map(id => document.getElementById(id));
	parts.forEach(part => part.setAttribute("aria-busy", "true"));
	try {
		const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), signal: mine.signal });
		const page = new DOMParser().parseFromString(await answer.text(), "text/html");
		if (answer.ok && parts.every(part => page.getElementById(part.id))) {
			parts.forEach(part => part.replaceChildren(...page.getElementById(part.id).childNodes));
			const moved = page.querySelectorAll("[data-lively] .control");
			form.querySelectorAll(".control").forEach((box, i) => box.classList.toggle("moved", moved[i].classList.contains("moved")));
			history.replaceState(null, "", answer.url);
		}
	} catch {
		// overtaken by the next change, or no connection: the button is still there
	}
	if (mine === asked) parts.forEach(part => part.removeAttribute("aria-busy"));
}

if (form) {
	form.addEventListener("input", event => {
		if (event.target.closest(".control")) {
			clearTimeout(timer);
			timer = setTimeout(again, 350);
		}
	});
}
