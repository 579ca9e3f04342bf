package dev.firstboot.zfs.internal.ffi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.zfs.nvlist.NvList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommandTableTest {
    private static Optional<List<String>> values(String text) {
        return CommandTable.values(
                text,
                List.of("a b\ttype\t", "a b\tx:y\t", "a b\tx:z\t"),
                List.of("\t-", "\tlocal", "\tinherited from a"));
    }

    @Test
    void values_ofPlainLines_areTaken() {
        assertThat(values("a b\ttype\tfilesystem\t-\na b\tx:y\t\tlocal\na b\tx:z\tfrom the top\tinherited from a\n"))
                .hasValue(List.of("filesystem", "", "from the top"));
    }

    @Test
    void values_withTabsOrLineBreaksOrLinesOfTheirOwn_areNotBelieved() {
        String first = "a b\ttype\tfilesystem\t-\n";
        String last = "a b\tx:z\t1\tinherited from a\n";
        assertThat(values(first + "a b\tx:y\t1\t2\tlocal\n" + last)).isEmpty();
        assertThat(values(first + "a b\tx:y\t1\n2\tlocal\n" + last)).isEmpty();
        assertThat(values(first + "a b\tx:y\t1\tlocal\na b\tx:z\t2\tlocal\n" + last))
                .isEmpty();
        assertThat(values(first + "a b\tx:y\t1\tlocal\na b\tx:z\t2\n\tinherited from a\n"))
                .isEmpty();
        assertThat(values(first + last)).isEmpty();
        assertThat(values("")).isEmpty();
    }

    @Test
    void told_inheritedFromANameWithBlanks_namesAllOfIt() {
        NvList told = CommandLists.told("tank/two words/below", "off", "inherited from tank/two words");
        assertThat(told.string("source")).isEqualTo("tank/two words");
    }
}
