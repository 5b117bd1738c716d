// What this server allows, asked once a visit.
import { read } from "../api/client";
import type { Instance } from "../api/types";

type Said = Instance["configuration"];
// What is asked for here.
interface Limits {
  statuses: Pick<Said["statuses"], "max_characters" | "max_media_attachments" | "characters_reserved_per_url">;
  media_attachments: Pick<Said["media_attachments"], "description_limit" | "image_size_limit" | "supported_mime_types">;
  polls: Pick<Said["polls"], "max_options" | "max_characters_per_option" | "min_expiration" | "max_expiration">;
  accounts: Pick<Said["accounts"], "max_profile_fields" | "max_display_name_length" | "max_note_length">;
}

// Until the server has said it: what most servers say.
const USUAL: Limits = {
  statuses: { max_characters: 500, max_media_attachments: 4, characters_reserved_per_url: 23 },
  media_attachments: { description_limit: 1500, image_size_limit: 16_000_000, supported_mime_types: ["image/*", "video/*", "audio/*"] },
  polls: { max_options: 4, max_characters_per_option: 50, min_expiration: 300, max_expiration: 2_629_746 },
  accounts: { max_profile_fields: 4, max_display_name_length: 30, max_note_length: 500 },
};

class Server {
  limits = $state.raw<Limits>(USUAL);
  about = $state.raw<Instance | null>(null);

  async load(): Promise<void> {
    const about = await read<Instance>("/api/v2/instance");
    this.about = about;
    this.limits = about.configuration;
  }
}

export const server = new Server();
