// The code can be copied, and saved as a picture drawn on the phone itself. The page works without it.
"use strict";

{
  const code = document.getElementById("receipt");
  const copy = document.getElementById("copy");
  const picture = document.getElementById("picture");
  copy.hidden = !navigator.clipboard;
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(code.textContent);
    copy.textContent = copy.dataset.done;
  });
  picture.hidden = false;
  picture.addEventListener("click", () => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 900, height: 480 });
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#0b3b4a";
    pen.fillRect(0, 0, 900, 480);
    pen.fillStyle = "#fff";
    pen.textAlign = "center";
    for (const [font, words, top] of [
      ["40px sans-serif", `Trygghetslöftet · ${picture.dataset.title}`, 110],
      ["bold 84px monospace", code.textContent, 260],
      ["36px sans-serif", picture.dataset.home.replace(/^https?:../, ""), 390],
    ]) {
      pen.font = font;
      pen.fillText(words, 450, top, 840);
    }
    const link = document.createElement("a");
    link.href = canvas.toDataURL();
    link.download = `${code.textContent}.png`;
    link.click();
  });
}
