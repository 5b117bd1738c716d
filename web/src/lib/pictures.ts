// Pictures over the whole window. Loaded when the first one is opened.
import PhotoSwipe from "photoswipe";
import "photoswipe/style.css";
import type { MediaAttachment } from "../api/types";
import { t } from "../texts/texts.svelte";

export function openPictures(pictures: MediaAttachment[], index: number): void {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const viewer = new PhotoSwipe({
    dataSource: pictures.map((one) => ({
      src: one.url ?? "", msrc: one.preview_url ?? "", alt: one.description ?? "",
      width: one.meta?.original?.width ?? 1600, height: one.meta?.original?.height ?? 1200,
    })),
    index, bgOpacity: 0.94, showHideAnimationType: still ? "none" : "fade", wheelToZoom: true,
    closeTitle: t("close"), zoomTitle: t("media.zoom"), arrowPrevTitle: t("media.previous"),
    arrowNextTitle: t("media.next"), errorMsg: t("media.failed"),
  });
  viewer.on("uiRegister", () => {
    viewer.ui?.registerElement({
      name: "description", order: 9, isButton: false, appendTo: "root",
      onInit: (element) => {
        viewer.on("change", () => (element.textContent = pictures[viewer.currIndex]?.description ?? ""));
      },
    });
  });
  viewer.init();
}
