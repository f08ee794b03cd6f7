// A photo of a phone is often larger than what is taken. It is made smaller before it is sent: still an A4 page whose
// small print can be read. Without this it is refused with words that say what to do.
const LONGEST = [2600, 2000, 1600]; // pixels of the longer side: the first that is small enough
const QUALITY = 0.85;
const PHOTOS = new Set(["image/jpeg", "image/png"]);
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

function drawn(picture, longest) {
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  const sheet = document.createElement("canvas");
  sheet.width = Math.round(picture.width * scale);
  sheet.height = Math.round(picture.height * scale);
  sheet.getContext("2d").drawImage(picture, 0, 0, sheet.width, sheet.height);
  return new Promise((done) => sheet.toBlob(done, "image/jpeg", QUALITY));
}

async function smaller(file, most) {
  if (file.size <= most || !PHOTOS.has(file.type)) return file;
  try {
    const picture = await createImageBitmap(file);
    for (const longest of LONGEST) {
      const made = await drawn(picture, longest);
      if (made && made.size <= most) {
        return new File([made], `${file.name.replace(/\.[^.]*$/, "")}.jpg`, { type: "image/jpeg" });
      }
    }
  } catch {
    // not a picture this browser can read: the answer says what is wrong with it
  }
  return file;
}

async function replaceLarge(input, said) {
  const given = [...input.files];
  const made = await Promise.all(given.map((file) => smaller(file, Number(input.dataset.smaller))));
  const changed = made.filter((file, place) => file !== given[place]);
  said.textContent = changed
    .map((file) => `${file.name} was made smaller, to ${megabytes(file.size)}.`)
    .join(" ");
  if (!changed.length) return;
  const files = new DataTransfer();
  for (const file of made) files.items.add(file);
  input.files = files.files;
}

for (const input of document.querySelectorAll("input[type=file][data-smaller]")) {
  const said = document.createElement("p");
  said.setAttribute("role", "status");
  said.className = "nhsuk-hint";
  input.after(said);
  let working = null;
  input.addEventListener("change", () => {
    working = replaceLarge(input, said).finally(() => (working = null));
  });
  input.form?.addEventListener("submit", async (event) => {
    if (!working) return;
    event.preventDefault(); // Send was pressed while a photo was still being made smaller
    await working;
    input.form.requestSubmit(event.submitter);
  });
}
