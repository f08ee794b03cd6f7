// The print button of the letter: everything else works without a script.
document.querySelector("[data-print]")?.addEventListener("click", () => window.print());
