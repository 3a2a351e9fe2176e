// Part of the map's viewer (see __init__.py): heads that are dragged to another place.

/** Lets heads be dragged onto others of the same side.
 *  @param {HTMLElement} table
 *  @param {(axis: "row"|"column", position: number, onto: number) => void} move */
export function dragHeads(table, move) {
  let dragged = null;
  const headOf = (event) => event.target.closest?.("[data-head]");
  const fits = (head) => head && dragged && head !== dragged && head.dataset.head === dragged.dataset.head;
  table.addEventListener("dragstart", (event) => {
    dragged = headOf(event);
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.textContent);
  });
  table.addEventListener("dragover", (event) => {
    const head = headOf(event);
    for (const other of table.querySelectorAll(".drop")) other.classList.toggle("drop", other === head);
    if (!fits(head)) return;
    event.preventDefault();
    head.classList.add("drop");
  });
  table.addEventListener("drop", (event) => {
    const head = headOf(event);
    if (!fits(head)) return;
    event.preventDefault();
    move(dragged.dataset.head, Number(dragged.dataset.position), Number(head.dataset.position));
  });
  table.addEventListener("dragend", () => {
    dragged = null;
    for (const other of table.querySelectorAll(".drop")) other.classList.remove("drop");
  });
}
