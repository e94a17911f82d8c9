// Before anything is painted: the theme that was chosen on the settings page, where it is not the system's.
try {
  const theme = localStorage.getItem("qa.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch { /* storage may be switched off */ }
