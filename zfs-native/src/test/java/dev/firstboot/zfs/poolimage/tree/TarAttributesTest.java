package dev.firstboot.zfs.poolimage.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What other programs write of extended attributes and access control lists comes through, or is refused. */
class TarAttributesTest extends TarTests {
    private static final String LIST = "user::rw-\nuser:1:rw-\ngroup::r--\ngroup:50:---\nmask::rw-\nother::---\n";

    private TreeEntry read(char type, String... records) throws IOException {
        archive.reset();
        addPax(records);
        add(type, "f", "to", new byte[0]);
        return read().get(0);
    }

    private void isRefused(char type, List<String> records, String... words) throws IOException {
        archive.reset();
        addPax(records.toArray(new String[0]));
        add(type, "f", "to", new byte[0]);
        isMalformed(words);
    }

    private static byte[] list(int... tagsPermissionsIds) {
        ByteBuffer list = ByteBuffer.allocate(4 + 8 * tagsPermissionsIds.length / 3)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(2);
        for (int i = 0; i < tagsPermissionsIds.length; i += 3) {
            list.putShort((short) tagsPermissionsIds[i]).putShort((short) tagsPermissionsIds[i + 1]);
            list.putInt(tagsPermissionsIds[i + 2]);
        }
        return list.array();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Test
    void read_nameThatGnuTarEscaped_isWhatItWas() throws IOException {
        TreeEntry entry = read('0', "SCHILY.xattr.user.a%3Db%25c%20%=1", "SCHILY.xattr.user.empty=");
        assertThat(entry.attributes()).containsOnlyKeys("user.a=b%c%20%", "user.empty");
        assertThat(entry.attributes().get("user.empty")).isEmpty();
    }

    @Test
    void read_attributeThatLibarchiveTellsTwice_isKeptOnce() throws IOException {
        TreeEntry entry = read(
                '0',
                "SCHILY.xattr.user.two%20words%c3%a9=\u0000\u00ff",
                "LIBARCHIVE.xattr.user.two%20words%c3%a9=AP8",
                "LIBARCHIVE.xattr.user.only=ZWlucw==");
        assertThat(entry.attributes()).containsOnlyKeys("user.two words\u00e9", "user.only");
        assertThat(entry.attributes().get("user.two words\u00e9")).containsExactly(0, -1);
        assertThat(entry.attributes().get("user.only")).asString().isEqualTo("eins");
    }

    @Test
    void read_labelOfSelinux_isAsOnTheDisk() throws IOException {
        assertThat(read('0', "RHT.security.selinux=a:b:c:s0").attributes().get("security.selinux"))
                .asString()
                .isEqualTo("a:b:c:s0\0");
    }

    @Test
    void read_whatCannotBeKept_isRefused() throws IOException {
        isRefused('0', List.of("SCHILY.fflags=uchg"), "/f", "SCHILY.fflags", "--no-fflags");
        isRefused('0', List.of("SCHILY.acl.ace=owner@:rw::allow"), "/f", "SCHILY.acl.ace");
        isRefused('0', List.of("SCHILY.xattr.user.\u00ff=1"), "/f", "UTF-8");
        isRefused('0', List.of("LIBARCHIVE.xattr.user.a=!"), "/f", "LIBARCHIVE.xattr.user.a", "damaged");
        isRefused('0', List.of("LIBARCHIVE.xattr.user.%00=AA"), "/f", "zero");
    }

    @Test
    void read_listInText_isTheKernelsOwnFormAndTheGroupHasItsMask() throws IOException {
        for (String form : new String[] {LIST, LIST.replace('\n', ','), LIST.replace("user:1:rw-", "user:bin:rw-:1")}) {
            TreeEntry entry = read('0', "SCHILY.acl.access=" + form);
            assertThat(entry.attributes().get("system.posix_acl_access"))
                    .isEqualTo(list(1, 6, -1, 2, 6, 1, 4, 4, -1, 8, 0, 50, 16, 6, -1, 32, 0, -1));
            assertThat(entry.permissions()).isEqualTo(04660);
            assertThat(entry.hasAccessControlList()).isTrue();
        }
    }

    @Test
    void read_listThatADirectoryHandsDown_leavesItsModeAlone() throws IOException {
        TreeEntry entry =
                read('5', "SCHILY.acl.default=" + LIST, "SCHILY.acl.access=user::r-x\ngroup::---\nother::--x");
        assertThat(entry.attributes()).containsOnlyKeys("system.posix_acl_default");
        assertThat(entry.permissions()).isEqualTo(04501);
    }

    @Test
    void read_listInBothForms_isTheOneWithNumbers() throws IOException {
        byte[] binary = list(1, 7, -1, 2, 4, 7, 4, 4, -1, 16, 5, -1, 32, 0, -1);
        TreeEntry entry = read(
                '0',
                "SCHILY.acl.access=" + LIST.replace(":1:", ":bin:"),
                "SCHILY.xattr.system.posix_acl_access=" + text(binary));
        assertThat(entry.attributes().get("system.posix_acl_access")).isEqualTo(binary);
        assertThat(entry.permissions()).isEqualTo(04750);
    }

    @Test
    void read_listThatNamesSomebody_isRefusedWithTheWayOut() throws IOException {
        isRefused(
                '0',
                List.of("SCHILY.acl.access=" + LIST.replace(":1:", ":daemon:")),
                "/f",
                "user:daemon:rw-",
                "--xattrs");
    }

    @Test
    void read_listThatSaysNoMoreThanTheMode_isNotKept() throws IOException {
        TreeEntry entry =
                read('0', "SCHILY.xattr.system.posix_acl_access=" + text(list(1, 6, -1, 4, 4, -1, 32, 1, -1)));
        assertThat(entry.attributes()).isEmpty();
        assertThat(entry.permissions()).isEqualTo(04641);
    }

    @Test
    void read_listThatLinuxDoesNotTake_isRefused() throws IOException {
        byte[][] damaged = {
            {},
            {1, 0, 0, 0},
            list(),
            list(1, 6, -1, 4, 4, -1),
            list(1, 8, -1, 4, 4, -1, 32, 0, -1),
            list(1, 6, -1, 2, 6, 7, 4, 4, -1, 32, 0, -1),
            list(1, 6, -1, 2, 6, -1, 4, 4, -1, 16, 6, -1, 32, 0, -1),
            list(4, 6, -1, 1, 4, -1, 32, 0, -1),
            list(1, 6, -1, 1, 4, -1, 32, 0, -1),
            list(3, 6, -1, 4, 4, -1, 32, 0, -1)
        };
        for (byte[] list : damaged) {
            isRefused('0', List.of("SCHILY.xattr.system.posix_acl_access=" + text(list)), "/f", "access control list");
        }
        for (String text : new String[] {"user::rw-", "user:rw-", "who::rw-", "user::rwz"}) {
            isRefused('0', List.of("SCHILY.acl.access=" + text), "/f", "access control list");
        }
        isRefused('0', List.of("SCHILY.acl.default=" + LIST), "/f", "access control list");
        isRefused('2', List.of("SCHILY.acl.access=" + LIST), "/f", "access control list");
    }
}
