import { mount } from "svelte";
import App from "./App.svelte";
import "./styles/desk.css";
import { texts } from "./texts/texts.svelte";

await texts.load();
const place = document.getElementById("desk");
if (!place) throw new Error("index.html has no place for the desk");
mount(App, { target: place });

if ("serviceWorker" in navigator && import.meta.env.PROD)
  void navigator.serviceWorker.register(`${import.meta.env.BASE_URL}worker.js`, { scope: import.meta.env.BASE_URL });
