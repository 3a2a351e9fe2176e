// A map as one file (see __init__.py): its script stands in it packed, like a large map, so that the
// file stays small. This unpacks it; the policy of the file names it by its hash as it is then.

async function unpackedScript() {
  const bytes = Uint8Array.from(atob(document.getElementById("map-script").textContent), (sign) => sign.charCodeAt(0));
  const script = document.createElement("script");
  script.type = "module";
  script.textContent = await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).text();
  document.body.append(script);
}

unpackedScript().catch((error) => {
  const trouble = document.getElementById("file-trouble");
  trouble.hidden = false;
  trouble.textContent = `The map cannot be drawn here: ${error.message}. A browser of 2023 or later is needed; the other pages can be read all the same.`;
  document.documentElement.dataset.page = "map";
});
