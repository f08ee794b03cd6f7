// Keeps what is being written: sends the form to the server within two seconds of a change, and when the page is left.
const form = document.querySelector("form[data-draft]");
const words = document.querySelector("[data-draft-words]");
const mark = document.querySelector("[data-draft-mark]");
let timer = 0;
let sent = "";

function fields() {
  const data = new FormData(form);
  for (const name of ["form_token", "signature"]) data.delete(name);
  for (const [name, value] of [...data]) if (typeof value !== "string") data.delete(name);
  return data;
}

function state() {
  return new URLSearchParams([...fields()].filter(([, value]) => typeof value === "string")).toString();
}

async function keep() {
  const now = state();
  if (now === sent) return;
  try {
    const answer = await fetch(form.dataset.draft, { method: "POST", body: fields(), redirect: "manual", credentials: "same-origin" });
    if (!answer.ok) throw new Error(String(answer.status));
    sent = now;
    mark.hidden = false;
    words.textContent = `Draft saved at ${(await answer.json()).saved_at}. It will still be here if you are signed out.`;
  } catch {
    mark.hidden = true;
    words.textContent = "The draft could not be sent just now. It stays on this page; it is tried again as you write.";
  }
}

if (form) {
  sent = state();
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, 1000);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    sent = state();
  });
  addEventListener("pagehide", () => {
    if (state() !== sent) navigator.sendBeacon(form.dataset.draft, fields());
  });
}
