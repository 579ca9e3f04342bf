package dev.firstboot.bake.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountsTest {
    @TempDir
    private Path directory;

    private final Overlay overlay = new Overlay();
    private Accounts accounts;

    @BeforeEach
    void read() {
        accounts = Accounts.of(Tree.read(TestTar.debian().to(directory.resolve("base.tar")), Accounts::needs));
    }

    @Test
    void addUser_new_getsFirstFreeNumberAndNoPassword() {
        accounts.addUser("chat", "/nonexistent");
        accounts.addUser("other", "/srv/other");
        accounts.addMember("chat", "www-data");
        accounts.writeTo(overlay);

        assertThat(overlay.textAt("/etc/passwd"))
                .contains("chat:x:300:300::/nonexistent:/usr/sbin/nologin\n")
                .contains("other:x:301:301::/srv/other:/usr/sbin/nologin\n");
        assertThat(overlay.textAt("/etc/group"))
                .contains("www-data:x:33:chat\n")
                .contains("chat:x:300:\n");
        assertThat(overlay.textAt("/etc/shadow")).contains("chat:!*:20454::::::\n");
        assertThat(overlay.textAt("/etc/gshadow"))
                .contains("www-data:*::chat\n")
                .contains("chat:!*::\n");
    }

    @Test
    void addUser_existing_changesNothing() {
        accounts.addUser("www-data", "/elsewhere");
        accounts.writeTo(overlay);

        assertThat(overlay.textAt("/etc/passwd")).contains("www-data:x:33:33:www-data:/var/www:");
    }

    @Test
    void lock_passwordSet_isTakenAway() {
        Accounts withHash = Accounts.of(Tree.read(
                TestTar.debian().text("/etc/shadow", "root:$y$j9T$abc:1:::::\n").to(directory.resolve("hash.tar")),
                Accounts::needs));
        withHash.lock("root");
        withHash.writeTo(overlay);

        assertThat(overlay.textAt("/etc/shadow")).startsWith("root:!*:20454:");
    }

    @Test
    void of_installedOnAnotherDay_areTheSame() {
        Accounts later = Accounts.of(Tree.read(
                TestTar.debian()
                        .text("/etc/shadow", "root:*:20999:0:99999:7:::\nwww-data:*:0:0:99999:7:::\n")
                        .to(directory.resolve("later.tar")),
                Accounts::needs));
        later.writeTo(overlay);

        assertThat(overlay.textAt("/etc/shadow")).isEqualTo("root:*:20454:0:99999:7:::\nwww-data:*:0:0:99999:7:::\n");
    }

    @Test
    void uid_unknown_isEmpty() {
        assertThat(accounts.uid("nobody-here")).isEmpty();
        assertThat(accounts.gid("www-data")).hasValue(33);
    }

    @Test
    void of_noDebian_saysSo() {
        Tree tree = Tree.read(new TestTar().directory("/").to(directory.resolve("empty.tar")), Accounts::needs);

        assertThatThrownBy(() -> Accounts.of(tree)).hasMessageContaining("has no /etc/passwd");
    }
}
