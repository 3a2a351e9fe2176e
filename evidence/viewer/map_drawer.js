// Part of the map's viewer (see __init__.py): the drawer beside the map with its contents: filters,
// searches, layout and what changed.

import { mapChangesPanel } from "./map_changes.js";
import { element, press } from "./map_elements.js";
import { mapFilterPanel } from "./map_filter_panel.js";
import { mapLayoutPanel } from "./map_layout_panel.js";
import { mapSearchPanel } from "./map_search_panel.js";

export function mapDrawer(viewer) {
  const contents = { filter: ["Filter", mapFilterPanel(viewer)], searches: ["Searches", mapSearchPanel(viewer)], layout: ["Rows and columns", mapLayoutPanel(viewer)], changes: ["What changed", mapChangesPanel(viewer)] };
  const title = element("h3", { tabindex: "-1" });
  const inside = element("div", { class: "map-drawer-inside" });
  const drawer = element("div", { class: "map-drawer", role: "region", hidden: true }, element("div", { class: "map-panel-head" }, title, press("×", close, { "aria-label": "Close", class: "map-close" })), inside);
  let shown = "";

  drawer.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close();
  });

  function close() {
    const from = viewer.panel;
    viewer.togglePanel(from);
    viewer.focusPanelButton(from);
  }

  function update() {
    drawer.hidden = !viewer.panel;
    if (!viewer.panel) { shown = ""; return; }
    const [name, content] = contents[viewer.panel];
    content.update();
    if (shown === viewer.panel) return;
    shown = viewer.panel;
    title.textContent = name;
    drawer.dataset.panel = viewer.panel;
    drawer.setAttribute("aria-label", name);
    inside.replaceChildren(content.element);
    title.focus();
  }

  return { element: drawer, update };
}
