"""
A Modbus TCP slave made with Debian's python3-pymodbus: a program that is not ours, speaking the register map of the
two-zone tension host, with both zones at rest. It listens on loopback on a port the system gives and prints `port N`.
Lines on its standard input: `set <unit> <table> <address> <value>` writes a register (answer `ok`),
`get <unit> <table> <address>` prints one (`value N`). It ends when its standard input does.
"""

import asyncio
import sys
import types

# Debian only recommends the serial packages, and a slave on TCP needs none of them; pymodbus imports them all the same.
for missing, names in (("serial", ()), ("serial_asyncio", ("create_serial_connection",))):
    try:
        __import__(missing)
    except ImportError:
        stand_in = types.ModuleType(missing)
        for name in names:
            setattr(stand_in, name, None)
        sys.modules[missing] = stand_in

from pymodbus.datastore import ModbusSequentialDataBlock, ModbusServerContext, ModbusSlaveContext
from pymodbus.server.async_io import ModbusTcpServer

TABLES = {"coil": 1, "discrete": 2, "holding": 3, "input": 4}
UNITS = (1, 2)
AT_REST = 125  # 12.5 kgf, in the middle of the allowed static window


def slave():
    inputs = [0] * 80
    for wire in range(12):
        inputs[wire] = AT_REST  # tension
        inputs[12 + wire] = AT_REST  # base
        inputs[50 + wire] = AT_REST - 50  # low limit
        inputs[62 + wire] = AT_REST + 50  # high limit
    return ModbusSlaveContext(
        zero_mode=True,
        di=ModbusSequentialDataBlock(0, [False] * 8),
        co=ModbusSequentialDataBlock(0, [False] * 8),
        ir=ModbusSequentialDataBlock(0, inputs),
        hr=ModbusSequentialDataBlock(0, [1, 1, 50, 50, 20, 30]),
    )


async def main():
    slaves = {unit: slave() for unit in UNITS}
    context = ModbusServerContext(slaves=slaves, single=False)
    server = ModbusTcpServer(context, address=("127.0.0.1", 0))
    serving = asyncio.ensure_future(server.serve_forever())
    await asyncio.wait_for(server.serving, 10)
    print("port", server.server.sockets[0].getsockname()[1], flush=True)

    lines = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    while line := (await lines.readline()).decode().split():
        verb, unit, table, address = line[0], int(line[1]), TABLES[line[2]], int(line[3])
        if verb == "set":
            slaves[unit].setValues(table, address, [int(line[4])])
            print("ok", flush=True)
        else:
            print("value", int(slaves[unit].getValues(table, address, 1)[0]), flush=True)
    serving.cancel()


asyncio.run(main())
