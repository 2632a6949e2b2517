document.addEventListener("x", () => {});
