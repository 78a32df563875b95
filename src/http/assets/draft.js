// A file dropped anywhere on the form of a draft is chosen, as the field itself takes one that is dropped on it.
{
  const form = document.querySelector("form.draft");
  const field = form && form.querySelector("input[type=file]");
  const carries = event => event.dataTransfer && [...event.dataTransfer.types].includes("Files");
  const over = event => {
    if (!carries(event)) return;
    event.preventDefault();
    form.classList.add("over");
  };
  if (field) {
    form.addEventListener("dragenter", over);
    form.addEventListener("dragover", over);
    form.addEventListener("dragleave", () => form.classList.remove("over"));
    form.addEventListener("drop", event => {
      form.classList.remove("over");
      if (!carries(event)) return;
      event.preventDefault();
      field.files = event.dataTransfer.files;
    });
  }
}
