package dev.firstboot.examples.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.image.Release;
import dev.firstboot.image.Resources;
import dev.firstboot.machine.Machine;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a first and a second boot warn of is known, and harmless. A warning that is not in {@code known-warnings.txt} is a fault until somebody has looked at it.
 */
@Execution(ExecutionMode.CONCURRENT)
class WarningsIT {
    /** The journal from warnings on, and what the services say in logs of their own, each line as "who: what". */
    private static final String WARNINGS = """
            journalctl --sync
            journalctl --priority=warning --no-pager --no-hostname --output=short-iso |
                sed '/^-- /d; s/^[^ ]* //; s/^\\([^:[]*\\)\\[[0-9]*\\]: /\\1: /'
            { cat /var/log/ejabberd/*.log; journalctl --unit=ejabberd --no-pager --output=cat; } 2>/dev/null |
                grep -E '\\[(warning|error|critical|alert|emergency)\\]' | sed 's/^[^[]*/ejabberd: /; s/<[0-9.]*>@[^ ]* //'
            cat /var/log/nginx/*error.log 2>/dev/null |
                grep -E '\\[(warn|error|crit|alert|emerg)\\]' | sed 's/^[^[]*/nginx: /'
            cat /var/log/postgresql/*.log 2>/dev/null |
                grep -E ' (WARNING|ERROR|FATAL|PANIC): ' | sed 's/^.*\\(WARNING\\|ERROR\\|FATAL\\|PANIC\\): /postgresql: \\1: /'
            true
            """;

    private static final List<Pattern> KNOWN = Resources.text(WarningsIT.class, "known-warnings.txt")
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .map(Pattern::compile)
            .toList();

    @ParameterizedTest
    @EnumSource(Release.class)
    void boots_firstAndSecond_warnOfNothingUnknown(Release release) {
        try (ChatMachine chat = ChatMachine.boot(ChatMachine.DOMAIN, ChatArchive.boot(ChatMachine.DOMAIN, release))) {
            chat.account("romeo");
            assertThat(unknown(chat)).as("first boot of " + release).isEmpty();

            Machine machine = chat.machine();
            machine.stop();
            machine.start();
            assertThat(machine.awaitReady().firstBoot()).isFalse();
            assertThat(unknown(chat)).as("second boot of " + release).isEmpty();
        }
    }

    private static List<String> unknown(ChatMachine chat) {
        return chat.shell(WARNINGS)
                .lines()
                // ejabberd 26.07 colours its lines in the journal.
                .map(line -> line.replaceAll("(\\u001b)?\\[[0-9;]*m", ""))
                .filter(line ->
                        KNOWN.stream().noneMatch(known -> known.matcher(line).matches()))
                .distinct()
                .toList();
    }
}
