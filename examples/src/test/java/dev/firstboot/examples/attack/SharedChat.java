package dev.firstboot.examples.attack;

import dev.firstboot.examples.chat.ChatArchive;
import dev.firstboot.examples.chat.ChatMachine;
import dev.firstboot.image.Release;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;

/**
 * A running chat machine of each release, booted when first asked for and shared by all attacks of a run: register it as an extension in a static field.
 * Whoever uses it leaves it working; an attack that breaks its machine boots one of its own.
 */
final class SharedChat implements BeforeAllCallback {
    private static final Namespace NAMESPACE = Namespace.create(SharedChat.class);

    private Store machines;

    /** The machine of this release. */
    ChatMachine on(Release release) {
        return machines.getOrComputeIfAbsent(release, SharedChat::boot, ChatMachine.class);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        machines = context.getRoot().getStore(NAMESPACE);
    }

    /** The store closes it at the end of the run. */
    private static ChatMachine boot(Release release) {
        return ChatMachine.boot(ChatMachine.DOMAIN, ChatArchive.boot(ChatMachine.DOMAIN, release));
    }
}
