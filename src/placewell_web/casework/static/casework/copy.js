// Copies what a box holds: without this, people select it by hand.
const said = document.querySelector("[data-copied]");
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
      said.textContent = "Copied.";
    } catch {
      said.textContent = "It could not be copied. Select the text and copy it.";
    }
  });
}
