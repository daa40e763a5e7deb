// Lets what is held be dragged to another part of the week. Nothing is moved by that: it opens the form with the new time filled in, as
// the two presses do that need neither script nor pointer.
const week = document.querySelector("[data-days]");
const days = week.dataset.days.split(" ");
let picked, over;

function mark(cell) {
	if (over) over.classList.remove("over");
	over = cell;
	if (over) over.classList.add("over");
}

// spot is the part of a day that something is held over: a day that has not been.
function spot(target) {
	const cell = target.closest("td");
	return cell && picked && days[cell.parentElement.rowIndex - 1] > "-" ? cell : null;
}

for (const item of week.querySelectorAll("[data-move]")) {
	item.draggable = true;
}
week.addEventListener("dragstart", event => {
	picked = event.target.closest("[data-move]");
	if (picked) {
		event.dataTransfer.effectAllowed = "move";
		event.dataTransfer.setData("text/plain", picked.dataset.move);
		picked.classList.add("picked");
	}
});
week.addEventListener("dragover", event => {
	const cell = spot(event.target);
	mark(cell);
	if (cell) event.preventDefault();
});
week.addEventListener("dragend", () => {
	mark(null);
	if (picked) picked.classList.remove("picked");
	picked = null;
});
week.addEventListener("drop", event => {
	const cell = spot(event.target);
	if (cell) {
		event.preventDefault();
		location.href = picked.dataset.move + "?" + new URLSearchParams({ dag: days[cell.parentElement.rowIndex - 1], del: cell.cellIndex - 1 });
	}
});
