// Lets a signature be drawn: what is drawn goes into the form's hidden field as a PNG. Without it the typed name serves.
const pad = document.querySelector("[data-signature]");

if (pad) {
  const canvas = pad.querySelector("canvas");
  const field = document.getElementById(pad.dataset.signature);
  const pen = canvas.getContext("2d");
  pad.hidden = false;

  function fit() {
    if (!canvas.clientWidth) return;
    const scale = Math.min(devicePixelRatio || 1, 2);
    canvas.width = Math.round(canvas.clientWidth * scale);
    canvas.height = Math.round(canvas.clientHeight * scale);
    pen.scale(scale, scale);
    pen.lineWidth = 2.2;
    pen.lineCap = pen.lineJoin = "round";
    pen.strokeStyle = "#212b32";
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.clientWidth, canvas.clientHeight);
    field.value = "";
  }

  function place(event) {
    const box = canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    pen.beginPath();
    pen.moveTo(...place(event));
    event.preventDefault();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!event.buttons) return;
    pen.lineTo(...place(event));
    pen.stroke();
  });
  canvas.addEventListener("pointerup", () => {
    field.value = canvas.toDataURL("image/png");
  });
  canvas.addEventListener("pointercancel", () => {
    field.value = canvas.toDataURL("image/png");
  });
  pad.querySelector("button").addEventListener("click", fit);
  let width = 0;
  new ResizeObserver(() => {
    if (canvas.clientWidth && canvas.clientWidth !== width) fit();
    width = canvas.clientWidth || width;
  }).observe(canvas);
}
