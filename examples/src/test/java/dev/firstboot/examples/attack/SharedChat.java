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
 * Whoever uses it leaves it working, and does not disturb who uses it at the same time. Classes that do disturb share another machine, one after the
 * other: they lock {@link #ALONE}. An attack that leaves its machine broken boots one of its own.
 */
final class SharedChat implements BeforeAllCallback {
    private static final Namespace NAMESPACE = Namespace.create(SharedChat.class);

    /** The lock of those that cannot share their machine at the same time. */
    static final String ALONE = "dev.firstboot.examples.attack.alone";

    private final Namespace namespace;
    private Store machines;

    SharedChat() {
        this(NAMESPACE);
    }

    private SharedChat(Namespace namespace) {
        this.namespace = namespace;
    }

    /** The machine of classes that lock {@link #ALONE}. */
    static SharedChat alone() {
        return new SharedChat(Namespace.create(SharedChat.class, ALONE));
    }

    /** The machine of this release. */
    ChatMachine on(Release release) {
        return machines.getOrComputeIfAbsent(release, SharedChat::boot, ChatMachine.class);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        machines = context.getRoot().getStore(namespace);
    }

    /** The store closes it at the end of the run. */
    private static ChatMachine boot(Release release) {
        return ChatMachine.boot(ChatMachine.DOMAIN, ChatArchive.boot(ChatMachine.DOMAIN, release));
    }
}
