// Sends a form as one changes it and shows anew the part of the page that the form's holder names. The form stays as it is, so
// that one can go on; an answer that is overtaken by the next change is thrown away.
const holder = document.querySelector("[data-lively]");
const form = holder && holder.querySelector("form");
let asked, timer;

async function again() {
	if (asked) asked.abort();
	asked = new AbortController();
	const part = document.getElementById(holder.dataset.lively);
	part.setAttribute("aria-busy", "true");
	try {
		const body = new URLSearchParams(new FormData(form));
		const answer = await fetch(form.action, { method: "POST", body, signal: asked.signal, credentials: "same-origin" });
		const page = new DOMParser().parseFromString(await answer.text(), "text/html");
		const fresh = page.getElementById(holder.dataset.lively);
		if (!answer.ok || !fresh) return;
		part.replaceChildren(...fresh.childNodes);
		history.replaceState(null, "", answer.url);
		const moved = page.querySelectorAll("[data-lively] .control");
		form.querySelectorAll(".control").forEach((box, i) => box.classList.toggle("moved", moved[i].classList.contains("moved")));
	} catch {
		return; // overtaken, or no connection: the button is still there
	} finally {
		if (!asked.signal.aborted) part.removeAttribute("aria-busy");
	}
}

if (form) {
	form.addEventListener("input", event => {
		if (event.target.closest(".control")) {
			clearTimeout(timer);
			timer = setTimeout(again, 350);
		}
	});
}
