// Opens a part of a form when the answer is chosen that it belongs to; without this it is opened by hand.
for (const part of document.querySelectorAll("details[data-open-on]")) {
  part.closest("form").addEventListener("change", ({ target }) => {
    if (target.name === part.dataset.openOn && target.value === part.dataset.openAt && target.checked) part.open = true;
  });
}
