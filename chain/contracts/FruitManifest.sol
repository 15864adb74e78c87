// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

/// @title FruitManifest: what a fruit says of itself, as canonical JSON (keys sorted, no spaces)
library FruitManifest {
    /// @notice A name must have 1 to 32 characters of a-z, 0-9 and _, filled up with zeros.
    error BadName(bytes32 name);

    /// @notice SHA-256 of a fruit's manifest.
    /// @param day Days since 1970 on which it was picked.
    function hash(address orchard, uint256 plot, uint256 tree, bytes32 variety, bool clean, uint256 day)
        internal
        pure
        returns (bytes32)
    {
        return sha256(
            abi.encodePacked(
                '{"grade":"',
                clean ? "A" : "B",
                '","harvest_day":',
                Strings.toString(day),
                ',"kind":"fruit","orchard":"',
                Strings.toHexString(orchard),
                '","plot":',
                Strings.toString(plot),
                ',"tree":',
                Strings.toString(tree),
                ',"variety":"',
                text(variety),
                '"}'
            )
        );
    }

    /// @notice The characters of a name.
    function text(bytes32 name) internal pure returns (bytes memory characters) {
        uint256 length;
        while (length < 32 && name[length] != 0) ++length;
        characters = new bytes(length);
        for (uint256 i; i < length; ++i) characters[i] = name[i];
    }

    /// @notice Reverts unless it is a name, so that none can forge a manifest by quotes of its own.
    function check(bytes32 name) internal pure {
        bool ended;
        for (uint256 i; i < 32; ++i) {
            bytes1 c = name[i];
            bool letter = (c >= "a" && c <= "z") || (c >= "0" && c <= "9") || c == "_";
            if (i == 0 ? !letter : ended ? c != 0 : !letter && c != 0) revert BadName(name);
            ended = c == 0;
        }
    }
}
