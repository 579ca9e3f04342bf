package dev.firstboot.zfs.internal.ffi;

import dev.firstboot.zfs.error.Errno;
import dev.firstboot.zfs.error.ProgramException;
import dev.firstboot.zfs.nvlist.NvList;
import dev.firstboot.zfs.nvlist.NvPair;
import java.util.Optional;
import jnr.ffi.Pointer;

/** Channel programs: Lua that runs in the kernel. Names are checked by the caller. */
public final class ProgramCalls {
    private ProgramCalls() {}

    /**
     * {@code lzc_channel_program}, or with {@code readOnly} {@code lzc_channel_program_nosync}.
     *
     * @param instructions the most Lua instructions that it may run
     * @param memory the most bytes of memory that it may use
     * @throws ProgramException if the program fails, with its message
     */
    public static NvList run(
            String pool, String program, boolean readOnly, long instructions, long memory, NvList arguments) {
        String function = readOnly ? "lzc_channel_program_nosync" : "lzc_channel_program";
        try (Scope scope = new Scope()) {
            Pointer out = scope.out();
            int error = Calls.run(
                    function,
                    (library, inner) -> readOnly
                            ? library.lzc_channel_program_nosync(
                                    inner.string(pool),
                                    inner.string(program),
                                    instructions,
                                    memory,
                                    inner.list(arguments),
                                    out)
                            : library.lzc_channel_program(
                                    inner.string(pool),
                                    inner.string(program),
                                    instructions,
                                    memory,
                                    inner.list(arguments),
                                    out),
                    scope);
            NvList answer = scope.taken(out).orElse(NvList.empty());
            if (error != 0) {
                throw new ProgramException(function, pool, new Errno(error), said(answer));
            }
            return answer;
        }
    }

    private static String said(NvList answer) {
        Optional<NvPair> message = answer.find("error");
        return message.map(pair -> String.valueOf(pair.value())).orElse("");
    }
}
