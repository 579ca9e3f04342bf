package dev.firstboot.owntarget;

import dev.firstboot.image.Image;
import dev.firstboot.plan.BakePlan;
import dev.firstboot.plan.Baked;
import dev.firstboot.plan.Target;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * A target of a program's own, written over public types: a compressed archive in a store of objects.
 *
 * @param store the store
 * @param key under which name the archive goes there
 */
public record InStore(Map<String, byte[]> store, String key) implements Target<URI> {
    @Override
    public BakePlan planFor(Image image) {
        return BakePlan.ofArchive(image, "compressed archive " + key + " in the store");
    }

    @Override
    public URI deliver(Baked baked) throws IOException {
        ByteArrayOutputStream object = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(object)) {
            Files.copy(baked.file(), out);
        }
        store.put(key, object.toByteArray());
        store.put(key + ".json", baked.manifest().toJson().getBytes(StandardCharsets.UTF_8));
        return URI.create("store:///" + key);
    }
}
