// @ts-check
/** The camera's time in a picture. Only the beginning of the file is read, and nothing leaves. */

/** @typedef {import("./camera-time.js").CameraTime} CameraTime */

/** Bytes: where cameras of all kinds put it; and for the few that put a preview before it. */
const HEADS = [128 * 1024, 1024 * 1024];

/** @param {Blob} file @returns {Promise<CameraTime>} */
export async function cameraTimeOf(file) {
  for (const bytes of HEADS) {
    const found = timeIn(await file.slice(0, bytes).arrayBuffer());
    if (found.taken || file.size <= bytes) return found;
  }
  return {};
}

/** @param {ArrayBuffer} head @returns {CameraTime} */
function timeIn(head) {
  const { ExifReader } = /** @type {{ExifReader: typeof import("../../vendor/exifreader/exif-reader.js")}} */ (/** @type {unknown} */ (globalThis));
  try {
    const tags = /** @type {Record<string, {description?: string}>} */ (/** @type {unknown} */ (ExifReader.load(head)));
    return {
      taken: (tags.DateTimeOriginal ?? tags.DateTimeDigitized)?.description,
      fraction: tags.SubSecTimeOriginal?.description,
      offset: (tags.OffsetTimeOriginal ?? tags.OffsetTime)?.description,
    };
  } catch {
    return {}; // no picture, or one without a word about itself
  }
}
