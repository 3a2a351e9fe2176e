// See reconnect.py.
const STATE = "data-test-connection-state"; // as Streamlit writes it on its page
const leaving = new WeakMap();
export default function ({ parentElement, setTriggerValue }) {
  leaving.get(parentElement)?.();
  const app = document.querySelector(`[${STATE}]`);
  const connected = () => app?.getAttribute(STATE) === "CONNECTED";
  let cut = !connected();
  const watch = new MutationObserver(() => {
    if (!connected()) cut = true;
    else if (cut) {
      cut = false;
      setTriggerValue("back", Date.now());
    }
  });
  if (app) watch.observe(app, { attributes: true, attributeFilter: [STATE] });
  const leave = () => watch.disconnect();
  leaving.set(parentElement, leave);
  return leave;
}
