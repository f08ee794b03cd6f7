// Keeps what is being written: sends the form to the server within two seconds of a change, and when the page is left.
// A form with `data-keep-first` is saved only once the server answered to that, so that a broken connection leaves the
// words on the page. Nothing is stored in the browser.
const form = document.querySelector("form[data-draft]");
const words = document.querySelector("[data-draft-words]");
const mark = document.querySelector("[data-draft-mark]");
const notice = document.querySelector("[data-draft-alert]");
const keepsFirst = form !== null && "keepFirst" in form.dataset && notice !== null;
const LONGEST_WAIT = 8000; // milliseconds until a silent connection counts as broken
const UNKEPT = "Not saved: the connection is broken. What you wrote is still on this page. Press the button again when the connection is back.";
let timer = 0;
let sent = "";
let sending = Promise.resolve(true);
let isWaiting = false;
let isSaving = false;

function fields() {
  const data = new FormData(form);
  if (!keepsFirst) data.delete("form_token");
  data.delete("signature");
  for (const [name, value] of [...data]) if (typeof value !== "string") data.delete(name);
  return data;
}

function state() {
  return new URLSearchParams([...fields()].filter(([, value]) => typeof value === "string")).toString();
}

function tell(answer) {
  mark.hidden = false;
  words.textContent = answer.signed_out
    ? `Draft saved at ${answer.saved_at}. You are signed out: sign in again to save ${form.dataset.of ?? "the contact"}.`
    : `Draft saved at ${answer.saved_at}. It will still be here if you are signed out.`;
}

// Answers whether the server was reached; where it was and said no, its own page tells why when the form is sent.
async function send() {
  const now = state();
  let answer;
  try {
    answer = await fetch(form.dataset.draft, {
      method: "POST", body: fields(), redirect: "manual", credentials: "same-origin", signal: AbortSignal.timeout(LONGEST_WAIT),
    });
    if (!answer.ok) throw new Error(String(answer.status));
    const said = await answer.json();
    sent = now;
    tell(said);
  } catch {
    mark.hidden = true;
    words.textContent = "The draft could not be sent just now. It stays on this page; it is tried again as you write.";
  }
  return answer !== undefined;
}

// One after the other: a slow first keep never arrives after a later one.
function keep() {
  sending = sending.then(() => (state() === sent ? true : send()));
  return sending;
}

async function saveKept(button) {
  if (isWaiting) return;
  isWaiting = true;
  const isReached = await (sending = sending.then(send));
  isWaiting = false;
  notice.hidden = isReached;
  if (!isReached) {
    notice.textContent = UNKEPT;
    notice.focus();
    return;
  }
  isSaving = true;
  form.requestSubmit(button);
  isSaving = false;
}

if (form) {
  sent = state();
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, 1000);
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (keepsFirst && !isSaving && event.submitter?.name !== "discard") {
      event.preventDefault();
      saveKept(event.submitter);
    } else {
      sent = state();
    }
  });
  addEventListener("pagehide", () => {
    if (state() !== sent) navigator.sendBeacon(form.dataset.draft, fields());
  });
}
