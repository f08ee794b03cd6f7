// Turns a box for words and its radios into one box whose list opens as one types (the ARIA combobox pattern).
const WAIT = 120;

function element(tag, className, text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

class CodeSearch {
  constructor(root) {
    this.root = root;
    this.input = root.querySelector(".pw-look__row input");
    this.chosen = Object.assign(document.createElement("input"), { type: "hidden", name: root.dataset.codeName });
    this.list = Object.assign(element("ul", "pw-look__list"), { id: `${this.input.id}-list`, hidden: true });
    this.status = element("p", "nhsuk-u-visually-hidden");
    this.found = [];
    this.at = -1;
    this.asked = 0;
    this.timer = 0;
    this.takeOver();
    this.listen();
  }

  takeOver() {
    const { root, input, list, status } = this;
    const checked = root.querySelector("input[type=radio]:checked:not([value=''])");
    // After an error what was found stays in sight as a choice; anything typed anew takes it away.
    this.isAsking = !checked && root.classList.contains("nhsuk-form-group--error") && input.value.trim() !== "";
    if (checked) {
      this.chosen.value = checked.value;
      input.value = checked.nextElementSibling.firstChild.textContent.trim();
    }
    if (!this.isAsking) root.querySelector(".pw-look__found")?.remove();
    root.querySelector(".pw-look__row button").remove();
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "What was found");
    status.setAttribute("role", "status");
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) input.setAttribute(name, value);
    if (!this.isAsking) root.append(this.chosen);
    root.append(list, status);
  }

  listen() {
    const { input, list } = this;
    input.addEventListener("input", () => {
      this.stopAsking();
      this.chosen.value = "";
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.look(), WAIT);
    });
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.close());
    list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const option = event.target.closest("[role=option]");
      if (option) this.choose(this.found[[...list.children].indexOf(option)]);
    });
    const title = this.root.dataset.codeSuggest && document.getElementById(this.root.dataset.codeSuggest);
    title?.addEventListener("change", () => this.suggest(title.value));
  }

  async ask(words) {
    const answer = await fetch(`${this.root.dataset.codeSearch}?${new URLSearchParams({ q: words })}`, { credentials: "same-origin" });
    return answer.ok ? (await answer.json()).found : [];
  }

  async look() {
    const words = this.input.value.trim();
    const turn = ++this.asked;
    if (words.length < 2) return this.close();
    let found;
    try {
      found = await this.ask(words);
    } catch {
      return this.close();
    }
    if (turn === this.asked && document.activeElement === this.input) this.open(found);
  }

  open(found) {
    this.found = found;
    this.at = -1;
    this.list.replaceChildren(...found.map((one, place) => this.option(one, place)));
    this.status.textContent = found.length ? `${found.length} found` : "Nothing found. Try other words.";
    this.show(found.length > 0);
  }

  option(one, place) {
    const made = element("li", "pw-look__option");
    made.id = `${this.list.id}-${place}`;
    made.setAttribute("role", "option");
    made.setAttribute("aria-selected", "false");
    made.append(element("span", "pw-look__code", one.code), element("span", "", one.title));
    if (one.because) made.append(" ", element("span", "pw-look__because", `“${one.because}”`));
    return made;
  }

  show(open) {
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
    if (!open) this.input.removeAttribute("aria-activedescendant");
  }

  close() {
    clearTimeout(this.timer);
    this.show(false);
  }

  key(event) {
    const open = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) return void this.look();
      const last = this.found.length - 1;
      this.move(event.key === "ArrowDown" ? (this.at >= last ? 0 : this.at + 1) : this.at <= 0 ? last : this.at - 1);
    } else if (event.key === "Enter" && open) {
      event.preventDefault();
      this.choose(this.found[Math.max(this.at, 0)]);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      this.close();
    }
  }

  move(place) {
    this.at = place;
    [...this.list.children].forEach((option, number) => option.setAttribute("aria-selected", String(number === place)));
    const option = this.list.children[place];
    this.input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  stopAsking() {
    if (!this.isAsking) return;
    this.isAsking = false;
    this.root.querySelector(".pw-look__found")?.remove();
    this.root.append(this.chosen);
  }

  choose(one) {
    if (!one) return;
    this.stopAsking();
    this.chosen.value = one.code;
    this.input.value = `${one.code} ${one.title}`;
    this.status.textContent = `${one.title} chosen`;
    this.offers?.remove();
    this.close();
  }

  async suggest(words) {
    this.offers?.remove();
    if (this.input.value.trim() || !words.trim()) return;
    const found = (await this.ask(words).catch(() => [])).slice(0, 3);
    if (!found.length || this.input.value.trim()) return;
    this.offers = element("div", "pw-look__suggested");
    this.offers.append(element("span", "pw-second", "From the job title:"));
    for (const one of found) {
      const use = Object.assign(element("button", "pw-look__use", `${one.code} ${one.title}`), { type: "button" });
      use.addEventListener("click", () => {
        this.choose(one);
        this.input.focus();
      });
      this.offers.append(use);
    }
    this.root.append(this.offers);
  }
}

for (const root of document.querySelectorAll("[data-code-search]")) new CodeSearch(root);
